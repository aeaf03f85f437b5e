/** Every type of job there is, in one place: what each takes and gives, and who defines it. */
import { classifyJob, type ClassifyData, type ClassifyResult } from '../classification/classifyJob.ts';
import { collectAnswersJob } from '../classification/leftAnswers.ts';
import { type JobDefinitions, JobRegistry } from '../jobs/registry.ts';
import { maintenanceJobs, type MaintenanceJobs } from '../maintenance/maintenanceJobs.ts';

export interface EngineJobs extends MaintenanceJobs {
	readonly classify: { readonly data: ClassifyData; readonly result: ClassifyResult };
	readonly 'collect-answers': { readonly data: Readonly<Record<string, never>>; readonly result: { readonly sessions: number } };
}

const definitions: JobDefinitions<EngineJobs> = { classify: classifyJob, 'collect-answers': collectAnswersJob, ...maintenanceJobs };

export function engineJobs(): JobRegistry<EngineJobs> {
	return new JobRegistry<EngineJobs>(definitions);
}
