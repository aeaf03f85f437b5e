/** Two ports that deliver to each other in later turns, through structured cloning, as threads and pages do. */
import { setImmediate } from 'node:timers/promises';
import type { Port } from '../../../src/messaging/channel.ts';
import type { Envelope } from '../../../src/messaging/envelope.ts';

export interface Link {
	readonly a: Port;
	readonly b: Port;
	/** Everything either end has posted. */
	readonly sent: readonly Envelope[];
	/** As if the other end had posted it. */
	inject(into: 'a' | 'b', message: unknown): void;
	listeners(): number;
	/** Resolves when nothing is under way and every handler that can answer at once has. */
	quiet(): Promise<void>;
}

export function link(): Link {
	const sent: Envelope[] = [];
	const handlers = { a: new Set<(message: unknown) => void>(), b: new Set<(message: unknown) => void>() };
	let underWay = 0;
	const inject = (into: 'a' | 'b', message: unknown) => {
		const copy: unknown = structuredClone(message);
		underWay++;
		void setImmediate().then(() => {
			underWay--;
			for (const handler of handlers[into]) handler(copy);
		});
	};
	const portInto = (into: 'a' | 'b', own: 'a' | 'b'): Port => ({
		post(message) {
			inject(into, message);
			sent.push(message as Envelope);
		},
		listen(handler) {
			handlers[own].add(handler);
			return () => void handlers[own].delete(handler);
		},
	});
	return {
		a: portInto('b', 'a'),
		b: portInto('a', 'b'),
		sent,
		inject,
		listeners: () => handlers.a.size + handlers.b.size,
		async quiet() {
			do await setImmediate();
			while (underWay > 0);
			await setImmediate();
		},
	};
}
