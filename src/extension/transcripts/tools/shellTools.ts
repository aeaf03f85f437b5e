/** Commands of a shell. */
import { hasPicture } from '../items/contentBlocks.ts';
import { countOf, nameOf, textOf } from '../values.ts';
import type { ToolCall, ToolView } from './toolParts.ts';

export const shellView: ToolView = (call, parts) => {
	const { input, details, content, isError } = call;
	const output = details === null ? null : textOf(details['stdout']);
	const errorOutput = details === null ? null : textOf(details['stderr']);
	return {
		detail: {
			kind: 'shell',
			command: parts.text(textOf(input['command']) ?? ''),
			description: nameOf(input['description']),
			output: parts.optional(output),
			errorOutput: errorOutput === '' ? null : parts.optional(errorOutput),
			exitCode: exitCodeOf(call),
			backgroundId: nameOf(details?.['backgroundTaskId']),
			meaning: nameOf(details?.['returnCodeInterpretation']),
		},
		isWhole: !isError && output !== null && !hasPicture(content) && details?.['isImage'] !== true,
	};
};

/** A failed command's code stands only in the text of the error; that of a good one nowhere. */
function exitCodeOf({ row, content, outcome, isError, details }: ToolCall): number | null {
	const text = typeof content === 'string' ? content : typeof outcome === 'string' ? outcome : '';
	const code = /^(?:Error: )?Exit code (\d{1,5})\b/.exec(text)?.[1];
	if (code !== undefined) return countOf(Number(code));
	const isGood = !isError && row?.status === 'ok' && details !== null;
	return isGood && details['returnCodeInterpretation'] === undefined && details['backgroundTaskId'] === undefined ? 0 : null;
}
