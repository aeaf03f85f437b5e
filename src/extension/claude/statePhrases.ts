/**
 * What stands in nearly every reader's state, as one or two characters each. JSON has no character below the space in it, so
 * those are free to stand for a phrase, and a text without any is read as it is. The states of 12,000 files take two fifths of
 * the room. Deflate with a dictionary gets them to three tenths, at six times the processor time: each call sets up a stream.
 *
 * Append only: the place in the list is what is stored. A phrase that no longer occurs does no harm.
 */
const phrases: readonly string[] = [
	'{"summary":{"sessionId":"',
	'","firstIsSidechain":false,"firstCwd":"',
	'","lastGitBranch":"',
	'","lastVersion":"',
	'","firstEntrypoint":"cli","permissionMode":"',
	'","permissionMode":"default","slug":"',
	'","slug":"',
	'","lastPromptHint":"',
	'","firstPromptOfAll":"',
	'","aiTitle":"',
	'","firstPromptWordCount":',
	',"firstMs":1',
	',"lastMs":1',
	',"firstMsOfAll":1',
	',"messages":',
	',"userPrompts":1,"',
	',"userPrompts":',
	'lastType":"answer","lines":',
	'},"same":["firstPrompt","lastPrompt"],"offset":',
	'},"same":["firstPrompt","lastPrompt","lastPromptHint"],"offset":',
	',"memory":{"line":"new","fold":{"firstRank":3,"lastRank":3,"firstOfAllRank":3,"hasOwnEntrypoint":false,"hasBegun":true,"turn":{"unchecked":[',
	',"memory":{"line":"new","fold":{"firstRank":3,"lastRank":3,"firstOfAllRank":3,"hasOwnEntrypoint":true,"hasBegun":true,"turn":{"unchecked":[',
	'],"checked":[',
	'],"checked":[],"state":"plain"}},"records":{"tools":{"pending":[],"failed":[]},"queue":{"waiting":[],"sent":[]},"responses":[[',
	'],"state":"edited"}},"records":{"tools":{"pending":[],"failed":[',
	']},"queue":{"waiting":[],"sent":[]},"responses":[[',
	']],"copiedResponses":[],"stopHooks":[]}}}',
	',0,0,0,',
	',0],[',
	',"claude-',
	// From here on two characters.
	'","firstEntrypoint":"',
	'","lastPrompt":"',
	'","customTitle":"',
	'","permissionMode":"',
	',"toolErrors":',
	',"editTurns":',
	',"testRuns":',
	',"hookExecutions":',
	',"retries":',
	',"interruptions":',
	',"compactions":',
	',"denials":',
	',"apiErrors":',
	',"skills":{"',
	',"slashCommands":{"',
	',"mcpServers":{"',
	',"pullRequests":["',
	',"forkedAt":"',
	',"origins":["',
	'","agentId":"',
	'","firstIsSidechain":true,"firstCwd":"',
	'},"same":["firstPrompt"],"offset":',
	'},"same":["firstPrompt","lastPromptHint"],"offset":',
	'},"offset":',
	',"memory":{"line":"new","fold":{"firstRank":1,"lastRank":1,"firstOfAllRank":1,"hasOwnEntrypoint":false,"hasBegun":true,"turn":{"unchecked":[',
	',"memory":{"line":"new","fold":{"firstRank":',
	',"lastRank":',
	',"firstOfAllRank":',
	',"hasOwnEntrypoint":',
	',"hasBegun":true,"turn":{"unchecked":[',
	',0,0,1,',
	',"lastType":"',
	'","lines":',
	'],"state":"plain"}},"records":{"tools":{"pending":[],"failed":[',
	'],"state":"',
	'"}},"records":{"tools":{"pending":[',
	'],"failed":[',
	']},"queue":{"waiting":[',
	'],"sent":[',
	']},"responses":[',
	'],"copiedResponses":[',
	'],"stopHooks":[',
	'sonnet-4-5-20250929",1',
	'sonnet-4-6",1',
	'opus-4-5-20251101",1',
	'opus-4-6",1',
	'opus-5",1',
	'haiku-4-5-20251001",1',
];

/** The first 30 have the characters 1 to 30; 31 goes before a letter for each of the others. */
const short = 30;
const second = '\u001f';
const codes = phrases.map((_, i) => (i < short ? String.fromCharCode(i + 1) : second + String.fromCharCode(64 + i - short)));
const codeOf = new Map(phrases.map((phrase, i) => [phrase, codes[i] ?? '']));
const phraseOf = new Map(phrases.map((phrase, i) => [codes[i] ?? '', phrase]));

/** Longest first: of two that begin alike the longer one saves more. */
const anyPhrase = new RegExp(
	phrases
		.toSorted((a, b) => b.length - a.length)
		.map(phrase => phrase.replace(/[{}[\]]/g, '\\$&'))
		.join('|'),
	'g',
);
const anyCode = /\u001f[^]|[\u0001-\u001e]/g;

/** `json` must be JSON on one line, as `JSON.stringify` writes it. */
export function shorten(json: string): string {
	return json.replace(anyPhrase, phrase => codeOf.get(phrase) ?? phrase);
}

/** What is not a code of this list stays as it is, and JSON does not take it. */
export function lengthen(text: string): string {
	return text.replace(anyCode, code => phraseOf.get(code) ?? code);
}
