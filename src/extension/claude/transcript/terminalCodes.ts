/** Colours, links and movements of the cursor in what programs print to a terminal. */

/** Bounded, since what looks like one may never end. */
export const terminalCode = /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b\r\n]{0,4096}(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** As a terminal shows it: "\e[31mred\e[0m" is "red". */
export function withoutTerminalCodes(text: string): string {
	return text.includes('\u001b') ? text.replace(terminalCode, '') : text;
}
