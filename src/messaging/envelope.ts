/**
 * What travels between the two ends of a channel. `from` names the sender's generation (one worker, one load of a page);
 * `to` the generation that asked, so that an answer meant for a page that was reloaded since finds nobody.
 */
export type Envelope =
	| { readonly kind: 'request'; readonly from: string; readonly id: number; readonly name: string; readonly params: unknown }
	| { readonly kind: 'cancel'; readonly from: string; readonly id: number }
	| { readonly kind: 'reply'; readonly from: string; readonly to: string; readonly id: number; readonly result: unknown }
	| { readonly kind: 'failure'; readonly from: string; readonly to: string; readonly id: number; readonly error: Failure }
	| { readonly kind: 'event'; readonly from: string; readonly name: string; readonly payload: unknown };

export interface Failure {
	readonly reason: string;
	readonly message: string;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

/** The message as an envelope, or null when it is none: a window's `message` event also brings other people's messages. */
export function readEnvelope(message: unknown): Envelope | null {
	if (!isObject(message)) return null;
	const { kind, from, to, id, name, params, result, error, payload } = message;
	if (typeof from !== 'string') return null;
	if (kind === 'event') return typeof name === 'string' ? { kind, from, name, payload } : null;
	if (typeof id !== 'number') return null;
	switch (kind) {
		case 'request':
			return typeof name === 'string' ? { kind, from, id, name, params } : null;
		case 'cancel':
			return { kind, from, id };
		case 'reply':
			return typeof to === 'string' ? { kind, from, to, id, result } : null;
		case 'failure': {
			if (typeof to !== 'string' || !isObject(error)) return null;
			const { reason, message: text } = error;
			return typeof reason === 'string' && typeof text === 'string' ? { kind, from, to, id, error: { reason, message: text } } : null;
		}
		default:
			return null;
	}
}
