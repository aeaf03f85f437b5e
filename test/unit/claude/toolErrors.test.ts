import assert from 'node:assert/strict';
import { toolErrorKind } from '../../../src/extension/claude/toolErrors.ts';

describe('What went wrong with a tool call', () => {
	const cases: readonly (readonly [tool: string, text: string | null, kind: string])[] = [
		['Edit', 'File has not been read yet. Read it first before writing to it.', 'notRead'],
		['Edit', 'String to replace not found in file.', 'noMatch'],
		['Edit', 'Found 3 matches of the string to replace, but replace_all is false.', 'noMatch'],
		['Edit', 'File has been modified since read, either by the user or by a linter.', 'changedMeanwhile'],
		['Read', 'File does not exist.', 'notFound'],
		['Read', 'EISDIR: illegal operation on a directory, read', 'notFound'],
		['Read', 'File content (31000 tokens) exceeds maximum allowed tokens (25000).', 'tooLarge'],
		['Bash', 'Exit code 1', 'commandFailed'],
		['Bash', 'Exit code 143', 'timedOut'],
		['Bash', 'Command timed out after 2m 0s', 'timedOut'],
		['Bash', 'This command requires permission', 'notPermitted'],
		['Bash', null, 'commandFailed'],
		['Write', 'InputValidationError: Write failed due to the following issue:', 'invalidInput'],
		['Edit', 'InputValidationError: The required parameter `old_string` is missing', 'invalidInput'],
		['Edit', '<tool_use_error>InputValidationError: unexpected parameter `old_string2`', 'invalidInput'],
		['WebFetch', 'Request failed with status code 404', 'network'],
		['mcp__db__query', 'something of its own', 'mcp'],
		['Task', '', 'other'],
	];
	for (const [tool, text, kind] of cases) {
		it(`is ${kind} for ${tool}: ${text ?? 'nothing'}`, () => assert.equal(toolErrorKind(tool, text), kind));
	}
});
