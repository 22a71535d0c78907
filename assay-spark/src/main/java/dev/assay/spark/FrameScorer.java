package dev.assay.spark;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds a {@code reward} column to a data frame of prompts and responses.
 *
 * @param model where each executor gets its reward model
 * @param promptColumn name of a string column: the user's message
 * @param responseColumn name of a string column: the answer to score
 * @param batchSize rows handed to the model at a time, at least 1; larger batches share prompts and sort by length better
 */
public record FrameScorer(ModelSource model, String promptColumn, String responseColumn, int batchSize) {
    /** The column that {@link #score} adds. */
    public static final String REWARD_COLUMN = "reward";

    public FrameScorer {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size " + batchSize + " is below 1");
        }
    }

    /** A scorer of the columns {@code prompt} and {@code response} in batches of 256. */
    public static FrameScorer of(ModelSource model) {
        return new FrameScorer(model, "prompt", "response", 256);
    }

    /**
     * The frame with its columns and a nullable double column {@value #REWARD_COLUMN}; null where prompt or response is
     * null.
     *
     * @throws AssayException when a column is absent or is no string, or {@value #REWARD_COLUMN} exists already
     */
    public Dataset<Row> score(Dataset<Row> frame) {
        StructType schema = frame.schema();
        int prompt = stringColumn(schema, promptColumn);
        int response = stringColumn(schema, responseColumn);
        if (schema.getFieldIndex(REWARD_COLUMN).isDefined()) {
            throw new AssayException(
                    ErrorKind.INPUT, "the frame already has a column '" + REWARD_COLUMN + "'; rename or drop it first");
        }
        StructType scored = schema.add(new StructField(REWARD_COLUMN, DataTypes.DoubleType, true, Metadata.empty()));
        ModelSource source = model;
        int batch = batchSize;
        MapPartitionsFunction<Row, Row> score = rows -> new PartitionScorer(source, rows, prompt, response, batch);
        return frame.mapPartitions(score, Encoders.row(scored));
    }

    private static int stringColumn(StructType schema, String name) {
        scala.Option<Object> index = schema.getFieldIndex(name);
        if (index.isEmpty() || !schema.apply(name).dataType().equals(DataTypes.StringType)) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "no string column '" + name + "' in the frame; its columns are " + schema.simpleString());
        }
        return (int) index.get();
    }
}
