/** A message with one button for each thing that can be done about it. */

export type Action = () => unknown;

/** `show` is one of VS Code's functions for messages. Resolves when the message is closed and the chosen action has ended. */
export async function offer(
	show: (text: string, ...buttons: string[]) => Thenable<string | undefined>,
	text: string,
	actions: Readonly<Record<string, Action>>,
): Promise<void> {
	const chosen = await show(text, ...Object.keys(actions));
	if (chosen !== undefined) await actions[chosen]?.();
}
