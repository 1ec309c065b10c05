package io.haetae.aws;

import io.haetae.store.Limits;
import io.haetae.store.Table;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The names of the two tables.
 *
 * @param state what must never be lost
 * @param market what can be rebuilt from the venues
 */
public record DynamoTables(String state, String market) {

    public String name(Table table) {
        return switch (table) {
            case STATE -> state;
            case MARKET -> market;
        };
    }

    /**
     * Makes the tables that are not there, and returns once both can be used. For DynamoDB Local: in the cloud the stack
     * makes them, with recovery and deletion protection.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when the server refuses or cannot be reached
     */
    public void createIn(DynamoDbClient client) {
        for (Table table : Table.values()) {
            try {
                client.createTable(description(name(table)));
            } catch (ResourceInUseException e) {
                // It is there already, which is all that is wanted.
                continue;
            }
        }
        for (Table table : Table.values()) {
            client.waiter().waitUntilTableExists(request -> request.tableName(name(table)));
        }
    }

    private static CreateTableRequest description(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text(Limits.PARTITION_NAME), text(Limits.SORT_NAME))
                .keySchema(element(Limits.PARTITION_NAME, KeyType.HASH), element(Limits.SORT_NAME, KeyType.RANGE))
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
