/** How a conversation of half a gigabyte is opened, scrolled and searched. */
import path from 'node:path';
import type { History } from './histories.ts';
import { measured, type Measurement } from './measurement.ts';
import type { ConversationFindings } from './openedConversation.ts';
import { reportCommand, root } from './subjects.ts';
import { timedRun } from './timedProcess.ts';

export async function measureConversation(history: History, scratch: string, rounds: number): Promise<Measurement[]> {
	const dataDir = path.join(scratch, 'conversation');
	await timedRun(reportCommand(history.claudeDir, dataDir));
	const found: ConversationFindings[] = [];
	for (let round = 0; round < rounds; round++) {
		const script = path.join(root, 'test', 'bench', 'openedConversation.ts');
		const args = ['--expose-gc', script, '--claude-dir', history.claudeDir, '--data', dataDir];
		const env = { HOME: dataDir, USERPROFILE: dataDir, PATH: process.env['PATH'] ?? '' };
		const { stdout } = await timedRun({ program: process.execPath, args, env });
		found.push(JSON.parse(stdout) as ConversationFindings);
	}
	const [first] = found;
	const on = `${Math.round((first?.bytes ?? 0) / 1e6)} MB, ${(first?.items ?? 0).toLocaleString('en')} items`;
	const of = (figure: 'openMs' | 'openCpuMs' | 'reopenMs' | 'outlineMs' | 'findMs'): number[] => found.map(findings => findings[figure]);
	return [
		measured('conversation: open', on, 'ms', of('openMs'), { aim: '< 1000 ms' }),
		measured('conversation: open, processor time', on, 'ms', of('openCpuMs')),
		measured('conversation: head anew after it grew', on, 'ms', of('reopenMs')),
		measured('conversation: 100 items anywhere', on, 'ms', found.flatMap(({ windowMs }) => windowMs), { aim: '< 100 ms' }), // prettier-ignore
		measured('conversation: outline', on, 'ms', of('outlineMs')),
		measured('conversation: search to the end', on, 'ms', of('findMs')),
		measured('conversation: a stretch of a search', on, 'ms', found.flatMap(({ findStretchMs }) => findStretchMs)), // prettier-ignore
		measured('conversation: memory on top', on, 'MB', found.map(({ memoryBytes }) => memoryBytes / 1e6), { aim: '< 150 MB' }), // prettier-ignore
	];
}
