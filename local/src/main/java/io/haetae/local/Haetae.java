package io.haetae.local;

import io.haetae.local.cli.Commands;
import java.util.Locale;

/** The program on one machine. */
public final class Haetae {

    private Haetae() {}

    public static void main(String[] arguments) {
        // Digits in the ledger and the report are the same wherever this runs.
        Locale.setDefault(Locale.ROOT);
        System.exit(Commands.run(arguments));
    }
}
