/** Where the parts of the page stand in a view that may be low. */
import { css } from 'lit';

export const searchStyle = css`
	search-page {
		display: block;
	}
	.top {
		position: sticky;
		top: 0;
		z-index: 1;
		background: var(--vscode-sideBar-background, var(--vscode-editor-background));
	}
	:root {
		/* What the keyboard moves to stops below the field and the choices. */
		scroll-padding-top: 76px;
	}
	/* A view that is opened for the first time is this low: its results need all of it. */
	@media (max-height: 220px) {
		:root {
			scroll-padding-top: 0;
		}
		.top {
			position: static;
		}
	}
	button:not(.icon-button):focus-visible {
		outline-offset: 1px;
	}
	.busy {
		position: absolute;
		inset: auto 0 0;
	}
	/* Most letters are answered before it shows. */
	.busy::before {
		animation-delay: 250ms;
	}
`;
