/**
 * Chance that can be repeated: the same seed gives the same history, byte for byte, on every machine.
 */

/** A stream of numbers that depends on its seed alone (sfc32, seeded by a hash of the text). */
export class Random {
	private readonly seed: string;
	private a: number;
	private b: number;
	private c: number;
	private counter = 1;

	constructor(seed: number | string) {
		this.seed = String(seed);
		this.a = hash(this.seed, 0x9e3779b9);
		this.b = hash(this.seed, 0x243f6a88);
		this.c = hash(this.seed, 0xb7e15162);
		for (let i = 0; i < 12; i++) this.uint32();
	}

	/** A stream of its own: what is drawn from it does not move this one. */
	branch(label: number | string): Random {
		return new Random(`${this.seed}/${label}`);
	}

	uint32(): number {
		const t = (((this.a + this.b) | 0) + this.counter) | 0;
		this.counter = (this.counter + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
		return t >>> 0;
	}

	/** From 0 up to, but not including, 1. */
	next(): number {
		return this.uint32() / 0x1_0000_0000;
	}

	/** Both ends included. */
	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(list: readonly [T, ...T[]]): T {
		return list[this.integer(0, list.length - 1)] ?? list[0];
	}

	/** One of the values, each as likely as its weight is large. */
	weighted<T>(list: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
		let left = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of list) {
			left -= weight;
			if (left < 0) return value;
		}
		return list[0][1];
	}

	/** Sizes in transcripts are log-normal: given by the median and the 90th percentile. */
	logNormal(median: number, p90: number): number {
		const standard = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
		return Math.round(median * Math.exp((standard * Math.log(p90 / median)) / 1.2816));
	}

	hex(digits: number): string {
		let text = '';
		while (text.length < digits) text += this.uint32().toString(16).padStart(8, '0');
		return text.slice(0, digits);
	}

	base62(length: number): string {
		const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
		let text = '';
		for (let i = 0; i < length; i++) text += alphabet.charAt(this.uint32() % 62);
		return text;
	}

	uuid(): string {
		const h = this.hex(32);
		return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
	}
}

function hash(text: string, start: number): number {
	let value = start;
	for (let i = 0; i < text.length; i++) {
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
		value ^= value >>> 15;
	}
	return value | 0;
}
