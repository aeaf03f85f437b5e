/** Every type of job there is, in one place: what each takes and gives, and who defines it. */
import { classifyJob, type ClassifyData, type ClassifyResult } from '../classification/classifyJob.ts';
import { type JobDefinitions, JobRegistry } from '../jobs/registry.ts';
import { maintenanceJobs, type MaintenanceJobs } from '../maintenance/maintenanceJobs.ts';

export interface EngineJobs extends MaintenanceJobs {
	readonly classify: { readonly data: ClassifyData; readonly result: ClassifyResult };
}

const definitions: JobDefinitions<EngineJobs> = { classify: classifyJob, ...maintenanceJobs };

export function engineJobs(): JobRegistry<EngineJobs> {
	return new JobRegistry<EngineJobs>(definitions);
}
