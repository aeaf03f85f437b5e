/** What Claude Code's own tools do to the files they name. */

const edits = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);
const reads = new Set(['Read', 'NotebookRead']);

/** How a tool touches the file its input names; null for a tool that searches or does something else with a path. */
export function pathAccess(toolName: string): 'read' | 'edit' | null {
	if (edits.has(toolName)) return 'edit';
	return reads.has(toolName) ? 'read' : null;
}
