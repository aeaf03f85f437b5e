/**
 * What the page keeps for its next load: where the person is, nothing that can be asked for. Read as if a stranger had
 * written it: an older version of the page may have.
 */
import type { TranscriptPlace } from '../contract/transcriptPage.ts';

/** Raise it when a field changes its meaning; what another version kept is dropped. */
const version = 1;

export interface SavedState {
	readonly place: TranscriptPlace | null;
	readonly outlineOpen: boolean;
}

export const freshState: SavedState = { place: null, outlineOpen: true };

/** The panel reads `place` when it restores the page. */
export function toSaved(state: SavedState): unknown {
	return { version, ...state };
}

export function fromSaved(saved: unknown): SavedState {
	if (!isObject(saved) || saved['version'] !== version) return freshState;
	return { place: placeOf(saved['place']), outlineOpen: saved['outlineOpen'] !== false };
}

function placeOf(value: unknown): TranscriptPlace | null {
	if (!isObject(value) || !isObject(value['conversation'])) return null;
	const { sessionId, agentId } = value['conversation'];
	if (!isId(sessionId)) return null;
	return {
		conversation: { sessionId, agentId: isId(agentId) ? agentId : null },
		branch: isBranch(value['branch']) ? value['branch'] : null,
		messageId: isId(value['messageId']) ? value['messageId'] : null,
	};
}

/** As long as the extension takes one. */
function isId(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= 300;
}

/** It names each choice on the way. */
function isBranch(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= 20_000;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
