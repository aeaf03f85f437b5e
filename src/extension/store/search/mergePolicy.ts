/** Which shards become one. Pure. */

/** Larger ones are not made: a shard is read into memory whole when it is merged. */
export const largestShard = 32 << 20;

/** Shards of about the same size that are left side by side. */
const mostOfASize = 5;
const smallest = 64 << 10;
/** With more dead documents a shard is written anew without them. */
const mostDeadShare = 0.25;

export interface ShardSize {
	readonly bytes: number;
	/** Of its documents. */
	readonly deadShare: number;
}

/**
 * The shards to merge next, by their places in the list; null when all is well. Shards of a size are merged when there are many of
 * them, so that each word is written again only a few times however large the index grows.
 */
export function nextMerge(shards: readonly ShardSize[]): readonly number[] | null {
	const numbered = shards.map((shard, at) => ({ ...shard, at }));
	const dying = numbered.find(({ deadShare }) => deadShare > mostDeadShare);
	if (dying !== undefined) return [dying.at];
	const bySize = Map.groupBy(numbered, ({ bytes }) => Math.max(0, Math.ceil(Math.log(bytes / smallest) / Math.log(4))));
	for (const [, same] of [...bySize].sort(([a], [b]) => a - b)) {
		if (same.length <= mostOfASize) continue;
		const chosen: number[] = [];
		let bytes = 0;
		for (const shard of same.sort((a, b) => a.bytes - b.bytes)) {
			bytes += shard.bytes;
			if (bytes > largestShard) break;
			chosen.push(shard.at);
		}
		if (chosen.length > 1) return chosen;
	}
	return null;
}
