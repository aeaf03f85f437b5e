/** Runs as a user whom permissions bind: root reads everything. Not for Windows, whose permissions are no modes. */
export async function asNobody<T>(work: () => Promise<T>): Promise<T> {
	if (process.geteuid?.() !== 0) return work();
	process.seteuid?.(65534);
	try {
		return await work();
	} finally {
		process.seteuid?.(0);
	}
}
