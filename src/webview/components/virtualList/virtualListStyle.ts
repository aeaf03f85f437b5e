import { css } from 'lit';

export const virtualListStyle = css`
	virtual-list {
		display: block;
		position: relative;
		overflow: hidden scroll;
		/* What somebody looks at is kept in place here, row by row; two that do so would fight. */
		overflow-anchor: none;
		contain: strict;
	}
	.virtual-rows {
		position: relative;
		width: 100%;
		overflow: clip;
	}
	.virtual-row {
		position: absolute;
		inset: 0 0 auto;
		contain: layout style;
		outline: none;
	}
`;
