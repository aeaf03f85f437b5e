/**
 * A window of its own: `windowChild.ts CLAUDE_DIR DATA_DIR CLAUDE_PROGRAM` indexes, saves, has its sessions classified, and says what
 * happens, a line each. It ends when all data is deleted in another window.
 */
import { writeSync } from 'node:fs';
import { HeadlessEngine } from './headless.ts';

const [claudeDir = '', dataDir = '', claudePath = ''] = process.argv.slice(2);
const say = (words: string): void => void writeSync(1, `${words}\n`);
const window = await HeadlessEngine.open(claudeDir, {
	dataDir,
	claudePath,
	search: { isEnabled: true },
	onDeleted: () => void window.close().then(() => say('closed')),
});
const { engine, storage } = window;
await engine.start();
await window.index();
await engine.searching.upToDate();
await storage.save();
const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
await engine.background.classifying.start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: true });
say('ready');
