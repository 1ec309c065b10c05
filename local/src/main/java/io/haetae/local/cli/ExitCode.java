package io.haetae.local.cli;

/** Exit codes of every command. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int AUTHENTICATION = 3;
    static final int REFUSED = 4;
    static final int CRITICAL = 5;

    private ExitCode() {}
}
