import type { Key } from '../facts.ts';

/** What is known of the turn that goes on, as plain JSON. */
export interface TurnMemory {
	/** Files edited in it and not checked since. */
	readonly unchecked: readonly Key[];
	/** Files edited in it before a command checked them. */
	readonly checked: readonly Key[];
	readonly state: 'plain' | 'edited' | 'retried';
}

export const noTurn: TurnMemory = { unchecked: [], checked: [], state: 'plain' };

/** More files than this are rarely edited in one turn; past it the first ones are forgotten, so that no file bloats its row. */
const mostFiles = 64;

/** The turn begins anew: with a prompt or a slash command. */
export function nextTurn(turn: TurnMemory): TurnMemory {
	return turn === noTurn ? turn : noTurn;
}

/**
 * A file was edited. It is an edit again when a command has checked the file's edit before, in the same turn: then the
 * first attempt was not right.
 */
export function editIn(turn: TurnMemory, file: Key): TurnMemory {
	const isAgain = turn.checked.includes(file);
	return {
		unchecked: turn.unchecked.includes(file) ? turn.unchecked : [...turn.unchecked, file].slice(-mostFiles),
		checked: isAgain ? turn.checked.filter(other => other !== file) : turn.checked,
		state: isAgain || turn.state === 'retried' ? 'retried' : 'edited',
	};
}

/** A command ran, built or tested something. */
export function checkIn(turn: TurnMemory): TurnMemory {
	if (turn.unchecked.length === 0) return turn;
	return { ...turn, unchecked: [], checked: [...new Set([...turn.checked, ...turn.unchecked])].slice(-mostFiles) };
}
