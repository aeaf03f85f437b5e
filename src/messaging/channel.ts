/**
 * One small typed request/reply/event mechanism for both borders: host and worker, host and webview.
 */
