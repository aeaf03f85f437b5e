/** What went wrong with a tool call, by the words of its error: Claude Code gives no code. */

/** The first that fits counts: an error of a command may quote any of the others. */
const signs = [
	// Names the parameters that were wrong, and those of an edit are words of other errors.
	['invalidInput', /^(?:<tool_use_error>)?inputvalidationerror\b/i],
	['notRead', /has not been read yet|must (?:use|call) .{0,40}\bread\b|read it first before writing/i],
	['changedMeanwhile', /modified since (?:it was )?read|unexpectedly modified|changed since|has been modified/i],
	['noMatch', /string to replace not found|found \d+ matches of the string|no changes to make|old_string|not unique/i],
	['timedOut', /timed? ?out|timeout|\bETIMEDOUT\b|exit code (?:124|143)\b/i],
	['cancelled', /cancell?ed|aborted|sibling tool call errored|the user (?:interrupted|rejected)/i],
	['commandFailed', /^(?:error: )?(?:exit code|command failed)\b/i],
	['tooLarge', /exceeds? (?:the )?maximum|too large|too long|exceeds maximum allowed tokens/i],
	[
		'notPermitted',
		/permission|not (?:allowed|permitted)|\bEACCES\b|\bEPERM\b|blocked|denied|outside (?:of )?the (?:allowed|working)|restricted/i,
	],
	['notFound', /does not exist|not found|no such (?:file|tool)|\bENOENT\b|unknown (?:skill|tool|command)|cannot find|\bEISDIR\b/i],
	['invalidInput', /inputvalidationerror|invalid|required parameter|is missing|unexpected parameter|failed to parse|must be\b/i],
	[
		'network',
		/\bE(?:CONN\w+|AI_AGAIN|NOTFOUND|HOSTUNREACH)\b|network|socket|status code \d{3}|\b(?:40[0-9]|429|50[0-9])\b|fetch failed|certificate/i,
	],
] as const;
export type ToolErrorKind = (typeof signs)[number][0] | 'mcp' | 'other';

/** `text` is the first line of the error, as it is stored; null where there was none. */
export function toolErrorKind(tool: string, text: string | null): ToolErrorKind {
	const kind = text === null ? undefined : signs.find(([, sign]) => sign.test(text))?.[0];
	if (kind !== undefined) return kind;
	if (tool === 'Bash' || tool === 'PowerShell') return 'commandFailed';
	return tool.startsWith('mcp__') ? 'mcp' : 'other';
}
