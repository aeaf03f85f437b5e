/** `node test/support/historyGenerator/cli.ts --dir D [--bytes 1GB] [--sessions N] [--seed S] …`: a history on disk; prints what is in it. */
import { parseArgs } from 'node:util';
import { parseBytes } from './byteSize.ts';
import { generateHistory } from './history.ts';

const { values } = parseArgs({
	options: {
		dir: { type: 'string' },
		bytes: { type: 'string' },
		sessions: { type: 'string' },
		projects: { type: 'string' },
		seed: { type: 'string', default: '1' },
		'ends-at': { type: 'string' },
		'work-root': { type: 'string' },
		largest: { type: 'string' },
	},
});
if (values.dir === undefined) {
	console.error('--dir DIR is missing: the Claude directory to write to');
	process.exit(2);
}
const truth = generateHistory(values.dir, {
	seed: values.seed,
	...(values.bytes === undefined ? {} : { bytes: parseBytes(values.bytes) }),
	...(values.sessions === undefined ? {} : { sessions: Number(values.sessions) }),
	...(values.projects === undefined ? {} : { projects: Number(values.projects) }),
	...(values['ends-at'] === undefined ? {} : { endsAt: values['ends-at'] }),
	...(values['work-root'] === undefined ? {} : { workRoot: values['work-root'] }),
	...(values.largest === undefined ? {} : { largest: parseBytes(values.largest) }),
});
console.log(JSON.stringify(truth));
