package io.haetae.local.cli;

import java.io.PrintStream;
import java.util.Locale;

/** How far a long task has come, on the error stream: one line that changes on a terminal, some lines elsewhere. */
final class Progress {

    private static final int STEPS = 5;

    private final PrintStream err;
    private final boolean terminal;
    private String task = "";
    private int step = -1;

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** @param what a few words; another text begins another line */
    void at(String what, String where, int done, int total) {
        if (!what.equals(task)) {
            task = what;
            step = -1;
        }
        int reached = total == 0 ? STEPS : (int) ((long) done * STEPS / total);
        if (terminal) {
            err.printf(Locale.ROOT, "\r%s %d/%d %s\u001b[K", what, done, total, where);
            if (done == total) {
                err.println();
            }
        } else if (reached != step) {
            err.printf(Locale.ROOT, "%s %d/%d %s%n", what, done, total, where);
        }
        step = reached;
    }
}
