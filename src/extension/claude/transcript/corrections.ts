/** Only the head of a prompt is looked at: further down stand logs and quotes, not what the user says to Claude. */
const HEAD = 300;

/**
 * Follow-ups in which the user corrects Claude (MODEL-5). Deliberately few: bare "wrong", "undo" or "no" hit answers to
 * questions and talk about the code as often as corrections, so each pattern names Claude's deed or the user's earlier wish.
 */
const PATTERNS: readonly RegExp[] = [
	/\b(?:that|this|it)(?:['’]s| is| was|['’]?s still) (?:still )?not (?:what i|right\b|correct\b|how i)/i,
	/\b(?:isn['’]?t|wasn['’]?t|not) what i (?:asked|meant|want|wanted|said|requested|had in mind)\b/i,
	/\bi (?:already |just )?(?:told|asked) you (?:not )?(?:to|for|that|about)\b/i,
	/\bi (?:already |just )?said (?:not )?to\b|\blike i (?:already )?said\b|\bas i (?:already )?said\b/i,
	/^(?:no|nope|sorry|wait)?[,.! ]*(?:what )?i (?:actually )?meant\b/i,
	/^(?:no|nope)[,.! -]+(?:don['’]?t|do not|not (?:that|like|the)|stop|use |it should|that['’]s not|you (?:should|need|have)|i (?:want|wanted|need|said|asked))/i,
	/\byou(?:['’]ve| have)? (?:completely |totally |still )?(?:misunderstood|misread|misinterpreted|forgot|missed|ignored|overlooked)\b/i,
	/\byou (?:used|edited|changed|picked|deleted|removed|updated|chose|put) (?:it in )?the wrong\b/i,
	/\byou (?:were|weren['’]?t|are|aren['’]?t) (?:not )?(?:supposed|meant) to\b|\byou should(?:n['’]?t| not) have\b/i,
	/\b(?:still (?:does not|doesn['’]?t|not) work(?:ing)?|still (?:broken|failing|wrong)|you broke)\b/i,
	/^(?:wait|stop|hold on)[,.! -]+(?:don['’]?t|do not|stop|no\b|that['’]s not|you )/i,
	/\b(?:revert|undo|roll back) (?:your|what you|that change|those changes|the change you)\b/i,
];

/** Whether a follow-up prompt corrects Claude; the caller never asks for a first prompt. */
export function isCorrection(prompt: string): boolean {
	const head = prompt.slice(0, HEAD);
	return PATTERNS.some(pattern => pattern.test(head));
}
