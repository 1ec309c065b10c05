package io.haetae.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.SettingsReader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static final Set<String> NAMES = Set.of("SaxoEnv", "OrchestratorDryRun", "OrchestratorMaxPositions");

    private static Values values(
            Map<String, String> dotEnv, Map<String, String> environment, Map<String, String> flags) {
        return Values.of(dotEnv, environment, flags, SettingsReader::isOurs);
    }

    @Test
    void aFlagBeatsTheEnvironmentWhichBeatsTheFile() {
        Values values = values(
                Map.of("LOG_LEVEL", "DEBUG", "ORCHESTRATOR_USER_ID", "file", "KIS_ENV", "real"),
                Map.of("ORCHESTRATOR_USER_ID", "environment", "KIS_ENV", "paper", "PATH", "/bin"),
                Map.of("ORCHESTRATOR_USER_ID", "flag"));

        assertThat(values.byName())
                .isEqualTo(Map.of("LOG_LEVEL", "DEBUG", "ORCHESTRATOR_USER_ID", "flag", "KIS_ENV", "paper"));
        assertThat(values.sources())
                .isEqualTo(Map.of("LOG_LEVEL", ".env", "ORCHESTRATOR_USER_ID", "flag", "KIS_ENV", "environment"));
    }

    @Test
    void anEmptyValueHidesNothing() {
        Values values = values(Map.of("KIS_ENV", "paper"), Map.of("KIS_ENV", " "), Map.of());

        assertThat(values.byName()).containsExactly(Map.entry("KIS_ENV", "paper"));
        assertThat(values.sources()).containsExactly(Map.entry("KIS_ENV", ".env"));
    }

    @Test
    void theTemplateGetsWordsAsItWritesThem() {
        Values values = values(
                Map.of("SAXO_ENV", "sim", "ORCHESTRATOR_DRY_RUN", "TRUE", "ORCHESTRATOR_MAX_POSITIONS", "7"),
                Map.of(),
                Map.of("ORCHESTRATOR_USER_ID", "no parameter of this template"));

        assertThat(values.parameters(NAMES))
                .isEqualTo(Map.of("SaxoEnv", "SIM", "OrchestratorDryRun", "true", "OrchestratorMaxPositions", "7"));
    }
}
