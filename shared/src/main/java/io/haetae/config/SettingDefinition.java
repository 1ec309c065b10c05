package io.haetae.config;

import java.util.Locale;

/**
 * One setting: everything there is to know about it, once.
 *
 * @param name in the environment and in {@code .env}
 * @param defaultText used when it is absent or empty; itself empty when the value follows from others
 * @param description one line for a person
 * @param <T> type of the value
 */
public record SettingDefinition<T>(String name, Kind<T> kind, String defaultText, Reach reach, String description) {

    /** {@code ORCHESTRATOR_MAX_POSITIONS} is {@code OrchestratorMaxPositions} in the template. */
    public String parameter() {
        StringBuilder parameter = new StringBuilder();
        for (String word : name.split("_", -1)) {
            parameter.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return parameter.toString();
    }
}
