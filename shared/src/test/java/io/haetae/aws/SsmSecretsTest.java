package io.haetae.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;

class SsmSecretsTest {

    private static FakeAws aws;
    private static SsmClient client;

    private SsmSecrets secrets;

    @BeforeAll
    static void start() throws IOException {
        aws = new FakeAws();
        client = aws.client(SsmClient.builder());
    }

    @AfterAll
    static void stop() {
        client.close();
        aws.close();
    }

    @BeforeEach
    void startAnew() {
        aws.calls().clear();
        secrets = new SsmSecrets(client, "/haetae/test");
    }

    @Test
    void aKeyIsReadOnceDecrypted() {
        aws.willAnswer(200, parameter("one"));
        assertThat(secrets.get("kis/app-key")).contains("one");
        assertThat(secrets.get("kis/app-key")).contains("one");
        assertThat(aws.calls()).hasSize(1);
        FakeAws.Call call = aws.calls().getFirst();
        assertThat(call.operation()).isEqualTo("AmazonSSM.GetParameter");
        assertThat(call.body().path("Name").asText()).isEqualTo("/haetae/test/kis/app-key");
        assertThat(call.body().path("WithDecryption").asBoolean()).isTrue();
    }

    @Test
    void aTokenIsReadAnewEveryTime() {
        aws.willAnswer(200, parameter("one"));
        aws.willAnswer(200, parameter("two"));
        assertThat(secrets.get("saxo/token")).contains("one");
        assertThat(secrets.get("saxo/token")).contains("two");
    }

    @Test
    void whatIsNotThereIsEmptyUntilItIs() {
        aws.willAnswer(400, "{\"__type\":\"ParameterNotFound\"}");
        aws.willAnswer(200, parameter("one"));
        assertThat(secrets.get("krx/auth-key")).isEmpty();
        assertThat(secrets.get("krx/auth-key")).contains("one");
    }

    @Test
    void aFailedReadIsNeverEmpty() {
        aws.willAnswer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
        assertThatThrownBy(() -> secrets.get("krx/auth-key"))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("SSM parameter /haetae/test/krx/auth-key: cannot be read (AccessDeniedException)");
    }

    @Test
    void aTokenIsWrittenAsASecureStringOverTheOldOne() {
        aws.willAnswer(200, "{\"Version\":2}");
        secrets.put("kis/token", "new");
        FakeAws.Call call = aws.calls().getFirst();
        assertThat(call.operation()).isEqualTo("AmazonSSM.PutParameter");
        assertThat(call.body().path("Name").asText()).isEqualTo("/haetae/test/kis/token");
        assertThat(call.body().path("Value").asText()).isEqualTo("new");
        assertThat(call.body().path("Type").asText()).isEqualTo("SecureString");
        assertThat(call.body().path("Overwrite").asBoolean()).isTrue();
    }

    @Test
    void aWriteThatFailsSaysNothingOfTheValue() {
        aws.willAnswer(
                400, "{\"__type\":\"ValidationException\",\"message\":\"Value 'my-secret' at 'value' is too long\"}");
        assertThatThrownBy(() -> secrets.put("kis/token", "my-secret"))
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("SSM parameter /haetae/test/kis/token: cannot be written (ValidationException)")
                .hasNoCause();
    }

    @Test
    void aPathStartsWithASlashAndDoesNotEndWithOne() {
        for (String wrong : new String[] {"haetae/test", "/haetae/", "/", ""}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SsmSecrets(client, wrong));
        }
    }

    private static String parameter(String value) {
        return "{\"Parameter\":{\"Name\":\"any\",\"Type\":\"SecureString\",\"Value\":\"" + value + "\"}}";
    }
}
