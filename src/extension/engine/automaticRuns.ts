/** Classifies new sessions when they have ended, where the person wants that (off by default) and within the caps. */
import type { ClassifyData, ClassifyResult } from '../classification/classifyJob.ts';
import type { Job } from '../jobs/job.ts';

export interface AutomaticRunsParts {
	readonly isOn: () => boolean;
	/** A run goes on, or waits for this window. */
	readonly isBusy: () => boolean;
	/** The latest runs, whoever started them. */
	readonly runs: () => readonly Job[];
	/** Made for the folders of this window. */
	readonly isOurs: (run: Job) => boolean;
	/** First instant of the viewer's present day. */
	readonly dayStart: () => Date;
	/** Sessions whose last record lies between these times, without those that were asked about in vain. */
	readonly ended: (afterMs: number, beforeMs: number) => readonly string[];
	/** Rejects with a refusal where there is nothing to do, or nobody agreed. */
	readonly start: (sessionIds: readonly string[]) => Promise<void>;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

/** A session that was quiet for so long is over, as in the tree. */
const quietMs = 600_000;
/** Older ones are for a run that the person starts: switching this on must not send a whole history. */
const newMs = 86_400_000;
const lookMs = 300_000;

export class AutomaticRuns {
	readonly #parts: AutomaticRunsParts;
	readonly #startedAt: string;
	/** When the settings changed last. */
	#configuredAt = '';
	#timer: NodeJS.Timeout | undefined;

	constructor(parts: AutomaticRunsParts) {
		this.#parts = parts;
		this.#startedAt = parts.now().toISOString();
	}

	start(): void {
		this.#timer = setInterval(() => void this.look(), lookMs);
		this.#timer.unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Whatever kept it from asking may be mended now. */
	configured(): void {
		this.#configuredAt = this.#parts.now().toISOString();
	}

	/** Answers whether a run was started; never rejects. */
	async look(): Promise<boolean> {
		const { isOn, isBusy, ended, start, onLog, now } = this.#parts;
		try {
			if (!isOn() || isBusy() || this.#rests()) return false;
			const nowMs = now().getTime();
			const sessionIds = ended(nowMs - newMs, nowMs - quietMs);
			if (sessionIds.length === 0) return false;
			await start(sessionIds);
			return true;
		} catch (error) {
			const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : null;
			if (reason !== 'nothing-to-do') onLog(`New sessions are not classified: ${error instanceof Error ? error.message : String(error)}`);
			return false;
		}
	}

	/** The next run would end as the last one did, only to be made again at the next look. */
	#rests(): boolean {
		const { runs, isOurs, dayStart } = this.#parts;
		const day = dayStart().toISOString();
		const ended = runs().filter(({ finishedAt }) => (finishedAt ?? '') > this.#configuredAt);
		if (ended.some(run => (run.finishedAt ?? '') >= day && isCapped(run, isOurs(run)))) return true;
		const since = latest(ended.filter(run => isAutomatic(run) && isOurs(run) && (run.status === 'failed' || run.status === 'cancelled')));
		return since > this.#startedAt && since >= latest(ended.filter(run => !isAutomatic(run) && hasAnswers(run)));
	}
}

const isAutomatic = ({ data }: Job): boolean => (data as ClassifyData).isAutomatic;
const resultOf = ({ result }: Job): ClassifyResult | null => result as ClassifyResult | null;
const hasAnswers = (run: Job): boolean => run.status === 'completed' && (resultOf(run)?.classified ?? 0) > 0;
const latest = (runs: readonly Job[]): string =>
	runs.reduce((at, { finishedAt }) => ((finishedAt ?? '') > at ? (finishedAt ?? '') : at), '');

/** The money of a day is everybody's; that of a run is spent again by the next one of this window. */
function isCapped(run: Job, isOurs: boolean): boolean {
	const stoppedBy = resultOf(run)?.stoppedBy ?? null;
	return stoppedBy === 'day' || (stoppedBy === 'run' && isAutomatic(run) && isOurs);
}
