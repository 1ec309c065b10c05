package io.haetae.local;

import io.haetae.local.cli.Commands;

/** The program on one machine. */
public final class Haetae {

    private Haetae() {}

    public static void main(String[] arguments) {
        System.exit(Commands.run(arguments));
    }
}
