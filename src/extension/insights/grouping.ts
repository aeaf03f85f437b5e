/** Sums by group, and the first of many. Pure. */

/** While it is added up. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The first `count` in the order of `compare`, which never says that two are alike. Of many, quicker than putting all in order. */
export function firstIn<T>(items: Iterable<T>, count: number, compare: (a: T, b: T) => number): T[] {
	const first: T[] = [];
	for (const item of items) {
		const last = first.at(-1);
		if (first.length === count && last !== undefined && compare(last, item) < 0) continue;
		let [at, end] = [0, first.length];
		while (at < end) {
			const middle = (at + end) >> 1;
			if (compare(item, first[middle] as T) < 0) end = middle;
			else at = middle + 1;
		}
		first.splice(at, 0, item);
		if (first.length > count) first.pop();
	}
	return first;
}

export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
