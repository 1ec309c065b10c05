package io.haetae.watchlist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dated lines after what a person wrote. Of the dated ones the newest are kept, so that an item stays small. */
final class Notes {

    private static final int DATED_LINES = 30;

    /** What is added to the notes is one of these; a person may begin a line with a date too. */
    private static final Pattern DATED = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2} (removed: .*|removed by a person|added again|meets the criteria again)");

    private Notes() {}

    static String add(String notes, LocalDate session, String text) {
        List<String> lines = new ArrayList<>(notes.isEmpty() ? List.of() : List.of(notes.split("\n", -1)));
        lines.add(session + " " + text);
        long over = lines.stream().filter(Notes::isDated).count() - DATED_LINES;
        for (int i = 0; over > 0 && i < lines.size(); ) {
            if (isDated(lines.get(i))) {
                lines.remove(i);
                over--;
            } else {
                i++;
            }
        }
        return String.join("\n", lines);
    }

    /** With another text in the place of what a person wrote. */
    static String replaced(String notes, String text) {
        Stream<String> dated = notes.lines().filter(Notes::isDated);
        return (text.isEmpty() ? dated : Stream.concat(Stream.of(text), dated)).collect(Collectors.joining("\n"));
    }

    /** Without the lines of that session that begin so. */
    static String without(String notes, LocalDate session, String beginning) {
        return String.join(
                "\n",
                notes.lines()
                        .filter(line -> !line.startsWith(session + " " + beginning))
                        .toList());
    }

    private static boolean isDated(String line) {
        return DATED.matcher(line).matches();
    }
}
