/**
 * A small home in which everything that can go wrong at a cut stands close together: text of several bytes a letter, calls
 * that stay open, queued prompts, responses spread over records, copies, a subagent with its progress, bad and glued lines.
 */
import { agentProgressRecord, sdkFork, verbatimCopy } from './copies.ts';
import { Random } from '../../support/historyGenerator/random.ts';
import {
	aiTitle,
	assistantText,
	type ChainRecord,
	compaction,
	conversation,
	type Conversation,
	customTitle,
	denial,
	interruption,
	metaText,
	queueOperation,
	response,
	slashCommand,
	summary,
	systemRecord,
	thinking,
	toJsonl,
	toolResult,
	toolUse,
	toolUseIdOf,
	type TranscriptRecord,
	transcriptPath,
	userPrompt,
} from '../../support/historyGenerator/records.ts';

/** Transcripts by path, in the order in which Claude Code would have begun them. */
export function tangledHome(claudeDir: string, seed: number | string): Map<string, Buffer> {
	const random = new Random(seed);
	const version = random.pick(['2.1.12', '2.1.69', '2.1.126', '2.1.220'] as const);
	const talk = conversation({ random: random.branch('first'), version, cwd: '/home/dev/src/größe' });
	const files = new Map<string, Buffer>();
	const put = (of: Conversation, records: readonly TranscriptRecord[], tail = ''): void => {
		files.set(transcriptPath(claudeDir, of), Buffer.from(damaged(random, toJsonl(records)) + tail));
	};
	const origin = turns(talk, random, 4);
	const agent = conversation({
		random: random.branch('agent'),
		sessionId: talk.sessionId,
		agentId: 'a1b2c3d4e5f60718',
		version,
		cwd: talk.cwd,
	});
	const said = [userPrompt(agent, 'Look into it 調べて'), ...answer(agent, random)];
	const progress = said.filter(record => record.type === 'assistant').map(record => agentProgressRecord(talk, agent, record));
	put(talk, [...origin, ...progress, ...turns(talk, random, 1)]);
	put(agent, said);

	const copied = origin.slice(0, random.integer(3, origin.length));
	const fork = conversation({ random: random.branch('fork'), version, cwd: talk.cwd, startsAt: talk.clockMs });
	put(fork, [...verbatimCopy(fork, copied), ...turns(fork, random, 2), customTitle(fork, 'A fork 🎉')]);
	const bySdk = conversation({ random: random.branch('sdk'), version, cwd: talk.cwd, startsAt: talk.clockMs });
	put(bySdk, [...sdkFork(bySdk, talk.sessionId, copied), ...turns(bySdk, random, 1)], '{"type":"user","uuid":"unfinished","mess');
	const titled = conversation({ random: random.branch('titled'), version: '2.1.12', startsAt: talk.clockMs });
	put(titled, [summary('Über alles', talk.parentUuid ?? ''), ...turns(titled, random, 1)]);
	return files;
}

function turns(talk: Conversation, random: Random, count: number): TranscriptRecord[] {
	return Array.from({ length: count }, () => [userPrompt(talk, random.pick(prompts)), ...answer(talk, random)]).flat();
}

const prompts = ['Fix the größte bug 🐛', 'なぜ失敗するのか', 'no, that is wrong', 'Warum?'] as const;

function answer(talk: Conversation, random: Random): ChainRecord[] | TranscriptRecord[] {
	const whole = response(talk, { output: random.integer(10, 900) });
	const records: TranscriptRecord[] = [
		thinking(talk, '考える', { response: whole, output: 3 }),
		assistantText(talk, 'Ich schaue nach 👀', { response: whole, output: 3 }),
	];
	const file = `/home/dev/src/größe/${random.integer(1, 2)}.ts`;
	const edit = toolUse(talk, 'Edit', { file_path: file, old_string: 'ä', new_string: 'ö' }, { response: whole });
	const shell = toolUse(talk, 'Bash', { command: 'npm test' }, { response: whole });
	records.push(edit, shell);
	if (talk.agentId === undefined && random.chance(0.5)) records.push(...queued(talk, random));
	if (random.chance(0.8)) records.push(toolResult(talk, edit, 'done', { toolUseResult: { filePath: file } }));
	records.push(
		random.chance(0.3)
			? denial(talk, shell, 'use pnpm 代わりに')
			: toolResult(talk, shell, 'Exit code 1\n🎉', { isError: random.chance(0.5), toolUseResult: { stdout: '', stderr: '' } }),
	);
	if (random.chance(0.2)) records.push(interruption(talk));
	if (random.chance(0.2)) records.push(aiTitle(talk, 'Größe und mehr'));
	if (random.chance(0.3)) records.push(...slashCommand(talk, 'model', 'opus'), metaText(talk, 'a reminder'));
	if (random.chance(0.2)) records.push(...compaction(talk, 'so far'));
	if (random.chance(0.2)) records.push(systemRecord(talk, 'never_seen', {}), { type: 'totally-new', sessionId: talk.sessionId });
	records.push(assistantText(talk, `Fertig ${toolUseIdOf(shell)}`));
	return records;
}

function queued(talk: Conversation, random: Random): TranscriptRecord[] {
	const text = `und noch etwas ${random.integer(1, 99)} ✅`;
	const waiting = queueOperation(talk, 'enqueue', text);
	if (random.chance(0.5)) return [waiting, queueOperation(talk, 'dequeue'), userPrompt(talk, text)];
	return random.chance(0.5) ? [waiting, queueOperation(talk, 'remove', text)] : [waiting];
}

/** A bad line here, two records glued together there. */
function damaged(random: Random, text: string): string {
	const lines = text.split('\n');
	const at = random.integer(1, lines.length - 2);
	if (random.chance(0.5)) lines.splice(at, 0, '{"type":"user","message":{"role":"us');
	const glued = random.integer(1, lines.length - 3);
	if (random.chance(0.5)) lines.splice(glued, 2, `${lines[glued] ?? ''}${lines[glued + 1] ?? ''}`);
	return lines.join('\n');
}
