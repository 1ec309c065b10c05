package io.haetae.local.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: asks the work to stop, waits until it has ended and everything is closed, and lets the process end
 * with the command's own exit code instead of the signal's.
 */
final class Stopping {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger code = new AtomicInteger(ExitCode.FAILED);

    /** @param stop asks the work to end; called by another thread */
    void on(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (ended.getCount() == 0) {
                // The command has ended by itself and the process is ending with its code.
                return;
            }
            stop.run();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Runtime.getRuntime().halt(code.get());
        }));
    }

    /** The work has ended and all is closed. */
    int ended(int exitCode) {
        code.set(exitCode);
        ended.countDown();
        return exitCode;
    }
}
