/**
 * What a Claude Code version writes, as far as shapes of records depend on it. Versions from the format reference, section 18.
 */

export interface CliTraits {
	/** Envelope after the body, entrypoint on every record: the newer order of fields. */
	readonly envelopeLast: boolean;
	readonly gitBranch: boolean;
	readonly nestedCacheCreation: boolean;
	readonly agentFiles: 'inline' | 'flat' | 'folder';
	readonly agentTool: 'Task' | 'Agent';
	readonly slug: boolean;
	readonly sourceToolAssistantUuid: boolean;
	readonly turnDuration: boolean;
	readonly stopHookSummary: boolean;
	readonly progress: boolean;
	readonly summaries: boolean;
	readonly queueOperations: boolean;
	readonly fileHistorySnapshots: boolean;
	readonly lastPrompt: boolean;
	readonly promptId: boolean;
	readonly entrypoint: boolean;
	readonly attachments: boolean;
	/** Before, all records of a response but the last carry a placeholder for the output tokens. */
	readonly finalUsage: boolean;
	/** The whole file before an edit stands in its result, however large. */
	readonly wholeOriginalFile: boolean;
	/** `usage.iterations`, `speed` and `server_tool_use`. */
	readonly iterations: boolean;
	readonly aiTitle: boolean;
	readonly customTitle: boolean;
	readonly modeRecords: boolean;
	readonly promptSource: boolean;
	readonly emptyThinking: boolean;
	readonly toolDenialKind: boolean;
	readonly sessionIdTwice: boolean;
	readonly effort: boolean;
}

const cache = new Map<string, CliTraits>();

export function cliTraits(version: string): CliTraits {
	let traits = cache.get(version);
	if (!traits) {
		traits = traitsAt(orderOf(version));
		cache.set(version, traits);
	}
	return traits;
}

/** 2.1.97 → 2_001_097: versions as numbers that sort. */
function orderOf(version: string): number {
	const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
	return major * 1_000_000 + minor * 1_000 + patch;
}

function traitsAt(version: number): CliTraits {
	const since = (from: string): boolean => version >= orderOf(from);
	const until = (to: string): boolean => version <= orderOf(to);
	return {
		envelopeLast: since('2.1.97'),
		gitBranch: since('1.0.55'),
		nestedCacheCreation: since('1.0.89'),
		agentFiles: since('2.1.3') ? 'folder' : since('2.0.28') ? 'flat' : 'inline',
		agentTool: since('2.1.63') ? 'Agent' : 'Task',
		slug: since('2.0.55') && until('2.1.217'),
		sourceToolAssistantUuid: since('2.1.1'),
		turnDuration: since('2.1.1'),
		stopHookSummary: since('2.0.64'),
		progress: since('2.1.9') && until('2.1.81'),
		summaries: since('1.0.120') && until('2.1.29'),
		queueOperations: since('2.0.37'),
		fileHistorySnapshots: since('2.0.5'),
		lastPrompt: since('2.1.69'),
		promptId: since('2.1.74'),
		entrypoint: since('2.1.78'),
		attachments: since('2.1.96'),
		finalUsage: since('2.1.97'),
		wholeOriginalFile: until('2.1.96'),
		iterations: since('2.1.41'),
		aiTitle: since('2.1.111'),
		customTitle: since('2.0.64'),
		modeRecords: since('2.1.157'),
		promptSource: since('2.1.167'),
		emptyThinking: since('2.1.120'),
		toolDenialKind: since('2.1.198'),
		sessionIdTwice: since('2.1.205'),
		effort: since('2.1.212'),
	};
}
