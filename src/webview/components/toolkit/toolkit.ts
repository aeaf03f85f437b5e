/**
 * The only folder that names Microsoft's webview toolkit, which is archived upstream: pages call the functions beside
 * this file, so that another library can take its place here without touching them. Importing this file defines the
 * few elements that are used; it must not know any page.
 */
import { endFocusProbe } from './focusProbe.ts';
import {
	provideVSCodeDesignSystem,
	vsCodeButton,
	vsCodeDropdown,
	vsCodeOption,
	vsCodeProgressRing,
	vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing(), vsCodeTextField());
endFocusProbe();
