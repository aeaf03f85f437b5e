/** Sizes as people type them. */

const factors: Readonly<Record<string, number>> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * `300MB` → 300,000,000.
 * @throws when the text is no size
 */
export function parseBytes(text: string): number {
	const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([KMG]?B)?$/i.exec(text.trim()) ?? [];
	const factor = factors[(unit ?? '').toUpperCase()];
	if (digits === undefined || factor === undefined) throw new Error(`not a size: ${text} (300MB, 1.5GB)`);
	return Math.round(Number(digits) * factor);
}

/** 300,000,000 → `300 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1).replace(/\.0$/, '')} GB`;
	if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
	return `${Math.round(bytes / 1e3)} KB`;
}
