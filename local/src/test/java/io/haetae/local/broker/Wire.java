package io.haetae.local.broker;

import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer.Route;
import io.haetae.local.http.Request;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Between a broker and its simulated venue, where a path alone does not tell the request that is to be broken. */
final class Wire {

    @FunctionalInterface
    private interface Turn {
        Answer take(Route venue, Request request) throws IOException;
    }

    private final Predicate<Request> which;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final CountDownLatch released = new CountDownLatch(1);

    Wire(Predicate<Request> which) {
        this.which = which;
    }

    Route around(Route venue) {
        return request -> turn(request).take(venue, request);
    }

    private synchronized Turn turn(Request request) {
        return which.test(request) && !turns.isEmpty() ? turns.poll() : Route::answer;
    }

    /** The next ones are answered so, and the venue sees nothing of them. */
    synchronized void answerNext(int times, Answer answer) {
        turns.addAll(Collections.nCopies(times, (_, _) -> answer));
    }

    /** The venue sees nothing of the next one. */
    synchronized void dropNext() {
        turns.add((_, _) -> {
            throw new IOException("dropped");
        });
    }

    /** The venue carries the next one out, and its answer does not arrive. */
    synchronized void loseNext() {
        turns.add((venue, request) -> {
            var _ = venue.answer(request);
            throw new IOException("lost");
        });
    }

    /** The venue carries the next one out, and does not answer as long as this stands. */
    synchronized void hangNext() {
        turns.add((venue, request) -> {
            var _ = venue.answer(request);
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("never answered");
        });
    }

    /** Lets go of what hangs. */
    void close() {
        released.countDown();
    }
}
