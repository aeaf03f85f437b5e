import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatTables } from '../../../../src/extension/claude/transcript/formatTable.ts';
import { RECORD_FIELDS } from '../../../../src/extension/claude/transcript/recordFields.ts';
import { RECORD_TYPES } from '../../../../src/extension/claude/transcript/recordTypes.ts';
import { RecordReader } from '../../../../src/extension/claude/transcript/recordReader.ts';
import { readLine } from '../../../../src/extension/claude/transcript/parse.ts';
import { scanObject } from '../../../../src/extension/claude/transcript/scan.ts';
import { SummaryFold } from '../../../../src/extension/claude/transcript/summaryFold.ts';
import { type Level, RECORD } from '../../../../src/extension/claude/transcript/wanted.ts';
import { corpusFiles, MISSING } from './corpus.ts';
import { read } from './reading.ts';

const DOCUMENT = join(import.meta.dirname, '../../../../docs/transcript-format.md');

/** Every record type, subtype, attachment and progress type of the format, of 1.0.17 to 2.1.236. */
const TYPES = `
user assistant system attachment progress summary custom-title ai-title agent-name agent-setting last-prompt permission-mode mode tag pr-link frame-link
bridge-session queue-operation file-history-snapshot file-history-delta fork-context-ref content-replacement worktree-state relocated atis-latch started result
message custom session model_change thinking_level_change notype
system:compact_boundary system:microcompact_boundary system:api_error system:turn_duration system:stop_hook_summary system:local_command system:away_summary
system:bridge_status system:informational system:scheduled_task_fire system:model_refusal_fallback system:init
attachment:hook_success attachment:hook_additional_context attachment:hook_system_message attachment:hook_non_blocking_error attachment:hook_blocking_error
attachment:hook_cancelled attachment:async_hook_response attachment:hook_stopped_continuation attachment:hook_error_during_execution attachment:queued_command
attachment:file attachment:directory attachment:compact_file_reference attachment:edited_text_file attachment:opened_file_in_ide attachment:selected_lines_in_ide
attachment:skill_listing attachment:deferred_tools_delta attachment:mcp_instructions_delta attachment:agent_listing_delta attachment:nested_memory
attachment:task_reminder attachment:todo_reminder attachment:total_tokens_reminder attachment:date_change attachment:auto_mode attachment:plan_mode
attachment:plan_mode_exit attachment:plan_mode_reentry attachment:command_permissions attachment:goal_status attachment:workflow_keyword_request
attachment:read_truncation_notice attachment:invoked_skills attachment:task_status attachment:budget_usd attachment:dynamic_skill attachment:ultra_effort_enter
attachment:ultra_effort_exit attachment:companion_intro attachment:batching_reminder_sent attachment:silent_turn_reminder
progress:hook_progress progress:bash_progress progress:agent_progress progress:mcp_progress progress:query_update progress:search_results_received
progress:waiting_for_task queue-operation:enqueue queue-operation:dequeue queue-operation:remove queue-operation:popAll
`;

/** Types that have no row of their own, only their forms. */
const BY_FORM = ['attachment', 'progress', 'queue-operation'];

/** Every top-level field of every type, and every key of `usage`. */
const FIELDS: Readonly<Record<string, string>> = {
	'agent-name': 'agentName sessionId type',
	'ai-title': 'aiTitle sessionId type',
	assistant:
		'agentId apiError apiErrorStatus attributionAgent attributionMcpServer attributionMcpTool attributionPlugin attributionSkill cwd effort entrypoint error gitBranch isAbortedMidStream isApiErrorMessage isSidechain message parentUuid parent_tool_use_id requestId sessionId session_id slug timestamp type userType uuid version',
	'atis-latch': 'atis sessionId type',
	attachment:
		'agentId attachment cwd entrypoint gitBranch isSidechain parentUuid sessionId session_id slug timestamp type userType uuid version',
	'bridge-session': 'bridgeSessionId lastSequenceNum ownerAccountUuid ownerOrganizationUuid sessionId type',
	'custom-title': 'customTitle sessionId type',
	'file-history-delta': 'backup messageId snapshotMessageId timestamp trackingPath type',
	'file-history-snapshot': 'isSnapshotUpdate messageId snapshot type',
	'fork-context-ref': 'agentId contextLength parentLastUuid parentSessionId type',
	'frame-link': 'frameUrl path sessionId timestamp title type',
	'last-prompt': 'lastPrompt leafUuid sessionId type',
	mode: 'mode sessionId type',
	'permission-mode': 'permissionMode sessionId type',
	'pr-link': 'prNumber prRepository prUrl sessionId timestamp type',
	progress:
		'agentId cwd data entrypoint gitBranch isSidechain parentToolUseID parentUuid sessionId slug timestamp toolUseID type userType uuid version',
	'queue-operation': 'content operation sessionId timestamp type',
	summary: 'leafUuid summary type',
	system:
		'agentId agents apiKeySource apiRefusalCategory apiRefusalExplanation cause claude_code_version compactMetadata content cwd direction durationMs entrypoint error fallbackModel gitBranch hasOutput hookAdditionalContext hookCount hookErrors hookInfos isMeta isSidechain level logicalParentUuid maxRetries mcp_servers messageCount microcompactMetadata model originalModel output_style parentUuid pendingBackgroundAgentCount pendingWorkflowCount permissionMode plugins preventedContinuation refusedUserMessageUuid requestId retryAttempt retryInMs sessionId session_id skills slash_commands slug source stopReason subtype timestamp toolUseID tools trigger type url userType uuid version',
	user: 'agentId classifierMetaLines cwd entrypoint gitBranch imagePasteIds interruptedMessageId isCompactSummary isMeta isSidechain isVisibleInTranscriptOnly mcpMeta message origin parentUuid permissionMode planContent promptId promptSource queuePriority sessionId session_id slug sourceToolAssistantUUID sourceToolUseID thinkingMetadata timestamp todos toolDenialKind toolUseResult type userFeedback userType uuid version',
	usage:
		'cache_creation cache_creation.ephemeral_1h_input_tokens cache_creation.ephemeral_5m_input_tokens cache_creation_input_tokens cache_read_input_tokens inference_geo input_tokens iterations output_tokens output_tokens_details output_tokens_details.thinking_tokens server_tool_use server_tool_use.web_fetch_requests server_tool_use.web_search_requests service_tier speed',
};

const words = (text: string): readonly string[] => text.split(/\s+/).filter(word => word !== '');

describe('the table of the format', () => {
	it('says of every record type whether it is used, by what, or why not', () => {
		const missing = words(TYPES).filter(type => !RECORD_TYPES.has(type) && !BY_FORM.includes(type));
		assert.deepEqual(missing, []);
		for (const [type, use] of RECORD_TYPES) assert.ok(use.note.length > 5, type);
	});

	it('says of every field whether it is used, by what, or why not', () => {
		const missing = Object.entries(FIELDS)
			.flatMap(([type, fields]) => words(fields).map(field => `${type}.${field}`))
			.filter(field => !RECORD_FIELDS.has(field));
		assert.deepEqual(missing, []);
		for (const [field, use] of RECORD_FIELDS) assert.ok(use.note.length > 5, field);
	});

	it('names files that exist where something is used', () => {
		const folder = join(import.meta.dirname, '../../../../src/extension/claude/transcript');
		for (const [name, use] of [...RECORD_TYPES, ...RECORD_FIELDS]) {
			if (!use.isUsed) continue;
			const files = use.note.match(/\w+\.ts/g) ?? [];
			assert.ok(files.length > 0, name);
			for (const file of files) assert.ok(readFileSync(join(folder, file), 'utf8').length > 0);
		}
	});

	it('calls used exactly the fields that are read', () => {
		const readFields = namesOf(RECORD);
		const usedFields = new Set(
			[...RECORD_FIELDS].flatMap(([field, use]) =>
				use.isUsed && !field.startsWith('usage.') ? [field.slice(field.indexOf('.') + 1)] : [],
			),
		);
		assert.deepEqual([...readFields].sort(), [...usedFields].sort());
	});

	it('stands in the document as it is', () => {
		const text = readFileSync(DOCUMENT, 'utf8');
		const start = text.indexOf('<!-- tables -->');
		const expected = `${text.slice(0, start)}<!-- tables -->\n\n${formatTables()}\n<!-- /tables -->\n`;
		if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCUMENT, expected);
		else assert.equal(text, expected, 'run the unit tests with UPDATE_DOCS=1');
	});
});

const namesOf = (wanted: Level): ReadonlySet<string> => new Set(wanted.slots.flatMap(slot => (slot ?? []).map(({ name }) => name)));

/** Every line of a file that is one JSON object. */
function objectsOf(bytes: Buffer): { value: unknown; start: number; end: number }[] {
	const objects: { value: unknown; start: number; end: number }[] = [];
	for (let start = 0; start < bytes.length;) {
		const newline = bytes.indexOf(10, start);
		const end = newline < 0 ? bytes.length : newline;
		try {
			const value: unknown = JSON.parse(bytes.toString('utf8', start, end));
			if (typeof value === 'object' && value !== null && !Array.isArray(value)) objects.push({ value, start, end });
		} catch {
			// not one object; such lines are counted below
		}
		start = end + 1;
	}
	return objects;
}

describe('real transcripts', () => {
	it('hold no type the table lacks', function () {
		const files = corpusFiles();
		if (files === null) {
			console.log(MISSING);
			return this.skip();
		}
		for (const file of files) {
			if (!file.isSynthetic) assert.deepEqual(read(file.bytes()).summary.unknownTypes, {}, file.path);
		}
	}).timeout(120_000);

	it('give the same facts whether records are scanned or parsed whole', function () {
		const files = corpusFiles();
		if (files === null) {
			console.log(MISSING);
			return this.skip();
		}
		for (const file of files) {
			const bytes = file.bytes();
			const [scanned, parsed] = [0, 1].map(() => {
				const fold = new SummaryFold(null, null);
				return { fold, records: new RecordReader({ memory: null, copies: new Set(), earlier: null, isSubagent: false }, fold) };
			});
			let lines = 0;
			for (const { value, start, end } of objectsOf(bytes)) {
				readLine(bytes, start, end, (record, at, to) => {
					assert.notEqual(scanObject(bytes, at, to, RECORD), null, 'nothing real falls back to JSON.parse');
					scanned?.records.read(record, at, to - at);
					parsed?.records.read(value ?? {}, at, to - at);
					lines++;
				});
			}
			assert.deepEqual(scanned?.records.take(), parsed?.records.take(), file.path);
			assert.deepEqual(scanned?.fold.summary(), parsed?.fold.summary(), file.path);
			assert.ok(read(bytes).summary.lines >= lines);
		}
	}).timeout(120_000);
});
