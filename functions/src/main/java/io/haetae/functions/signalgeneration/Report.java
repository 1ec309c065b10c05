package io.haetae.functions.signalgeneration;

import java.util.ArrayList;
import java.util.List;

/** What a run tells a person, in order. */
final class Report {

    private final List<String> lines = new ArrayList<>();
    private boolean screenRejectedAll;

    void line(String line) {
        lines.add(line);
    }

    void screenRejectedEverything() {
        screenRejectedAll = true;
    }

    boolean screenRejectedAll() {
        return screenRejectedAll;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
