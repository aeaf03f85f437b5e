/**
 * One model goes by many names: the API's, with or without its date, and what gateways and clouds make of it. This file
 * knows the shapes of those names; which models exist is not its business.
 */

/** Names that a gateway puts before the model's own, as in `openrouter/anthropic/claude-opus-4.8`. */
const gateway = /^(?:(?:anthropic|openrouter|bedrock|vertex_ai|vertex|google|azure_ai|azure)\/)+/;

/** An Amazon Bedrock resource name, up to the model's id. */
const bedrockResource = /^arn:aws[a-z-]*:bedrock:[^/]*\//;

/** The region and vendor of a Bedrock id, as in `us.anthropic.claude-…` and `anthropic.claude-…`. */
const bedrockVendor = /^(?:[a-z]{2,6}(?:-gov)?\.)?anthropic\./;

const bedrockVersion = /-v\d+(?::\d+)?$/;

const date = /-20\d{6}$/;

/**
 * The names under which a model may be listed, the most exact first: as it stands; without vendor, cloud version and the
 * `[1m]` mark that Claude Code adds for a large context; without the date of its snapshot. Never a name of another model:
 * a family ("sonnet") or the nearest version is not guessed at (MODEL-6).
 */
export function modelNames(model: string): readonly string[] {
	const bare = model
		.replace(bedrockResource, '')
		.replace(gateway, '')
		.replace(bedrockVendor, '')
		.replace(/\[1m\]$/, '')
		.replace(/@(?:default|latest)$/, '')
		.replace(/@(?=\d{8}$)/, '-');
	const unversioned = bare.replace(bedrockVersion, '');
	const undated = unversioned.replace(date, '').replace(bedrockVersion, '');
	return [...new Set([model, bare, unversioned, undated])];
}
