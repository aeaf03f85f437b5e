/** How many examples of a property are tried: fewer when the tests themselves are tested, thousands of times over. */
const share = Number(process.env['SESSION_INSIGHTS_EXAMPLES'] ?? 1);

export const examples = (count: number): number => Math.max(10, Math.round(count * share));
