/**
 * Entry of a reader thread: reads the files it is given and posts their rows. Knows nothing of the database.
 */
import { parentPort, workerData } from 'node:worker_threads';
import {
	abortSlot,
	buffersOf,
	creditSlot,
	type ReaderReply,
	type ReaderRequest,
	type ReaderThreadData,
	type ReadEvents,
	ReadGathering,
} from './readEvents.ts';
import { readFile } from './readFile.ts';

/** Messages a thread may be ahead of the engine: enough to keep both busy, few enough to keep memory flat. */
const credit = 3;

const port = parentPort;
if (port === null) throw new Error('readerThread.ts is a thread, not a program');
const control = new Int32Array((workerData as ReaderThreadData).control);
const signal = {
	get aborted(): boolean {
		return Atomics.load(control, abortSlot) !== 0;
	},
};

function post(events: ReadEvents, isLast: boolean): void {
	for (let ahead = Atomics.load(control, creditSlot); ahead >= credit; ahead = Atomics.load(control, creditSlot)) {
		Atomics.wait(control, creditSlot, ahead);
	}
	Atomics.add(control, creditSlot, 1);
	port?.postMessage({ events, isLast } satisfies ReaderReply, buffersOf(events));
}

port.on('message', (request: ReaderRequest) => {
	const gathering = new ReadGathering(events => post(events, false));
	for (const task of request.tasks) gathering.outcome(task.fileId, readFile(task, gathering, signal));
	post(gathering.take(), true);
});
