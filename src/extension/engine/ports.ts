/** The two ends of a worker thread as ports of a channel. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../../messaging/channel.ts';

/** The host's end. */
export function portOfWorker(worker: Worker): Port {
	return portOf(worker);
}

/** The worker's end; `parentPort` is null only on the main thread. */
export function portOfParent(parent: MessagePort): Port {
	return portOf(parent);
}

function portOf(end: Worker | MessagePort): Port {
	return {
		post: message => end.postMessage(message),
		listen(handler) {
			end.on('message', handler);
			return () => void end.off('message', handler);
		},
	};
}
