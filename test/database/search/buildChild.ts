/** Builds the search index of a Claude directory, to be killed meanwhile: `buildChild.ts CLAUDE_DIR DATA_DIR`. */
import { searchable } from './searched.ts';

const [claudeDir = '', dataDir = ''] = process.argv.slice(2);
await searchable(claudeDir, { dataDir });
