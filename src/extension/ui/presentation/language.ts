/**
 * What turning a row into words needs of the viewer. Passed in, so that everything in this folder is pure and runs
 * without VS Code; `t` is `vscode.l10n.t` in the product.
 */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export type Weekday = 'monday' | 'sunday' | 'saturday';

export interface Viewer {
	readonly t: Translate;
	readonly locale: string;
	readonly timeZone: string;
	readonly weekStartsOn: Weekday;
}
