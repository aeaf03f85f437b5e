/**
 * Draws what lies below the first screen of a page after the frame that shows the first screen: a person who asks for other
 * figures sees them in half the time. What stood there stays until then.
 */
import { type ChildPart, noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';

/** Bubbles from where something was drawn late: whatever had the focus there may be gone. */
export const drewBelow = 'drewbelow';

/** For a frame to come, and for the end of the one that came. */
const waiting = new Set<Below>();
const due = new Set<Below>();
let ends: MessageChannel | null = null;

/** The task after the next frame: a frame's own callbacks come before it is painted. */
function inNextFrame(): void {
	requestAnimationFrame(() => {
		for (const each of waiting) due.add(each);
		waiting.clear();
		if (ends === null) {
			ends = new MessageChannel();
			ends.port1.onmessage = () => {
				const drawn = [...due];
				due.clear();
				for (const each of drawn) each.draw();
			};
		}
		ends.port2.postMessage(null);
	});
}

class Below extends AsyncDirective {
	#part: ChildPart | null = null;
	#content: () => unknown = () => noChange;

	override render(content: () => unknown): unknown {
		this.#content = content;
		return noChange;
	}

	override update(part: ChildPart, [content]: [() => unknown]): unknown {
		this.#part = part;
		this.#wait();
		return this.render(content);
	}

	/** A page that was left before its frame came, and is shown again. */
	protected override reconnected(): void {
		this.#wait();
	}

	#wait(): void {
		if (waiting.size === 0) inNextFrame();
		waiting.add(this);
		// What came after that frame has a frame of its own.
		due.delete(this);
	}

	draw(): void {
		if (!this.isConnected) return;
		this.setValue(this.#content());
		this.#part?.parentNode.dispatchEvent(new Event(drewBelow, { bubbles: true }));
	}
}

export const below = directive(Below);
