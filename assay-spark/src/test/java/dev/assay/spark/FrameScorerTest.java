package dev.assay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameScorerTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("prompt", DataTypes.StringType)
            .add("response", DataTypes.StringType);

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("frame-scorer")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** A model whose reward is the length of the answer; counts how often it was loaded and its largest batch. */
    private record LengthSource(String identity) implements ModelSource {
        private static final AtomicInteger LOADS = new AtomicInteger();
        private static final AtomicInteger LARGEST = new AtomicInteger();

        @Override
        public RewardModel load() {
            LOADS.incrementAndGet();
            return new RewardModel() {
                @Override
                public List<Reward> score(List<Conversation> conversations) {
                    LARGEST.accumulateAndGet(conversations.size(), Math::max);
                    return conversations.stream()
                            .map(c -> Reward.scalar(c.last().content().length(), 1, false))
                            .toList();
                }

                @Override
                public void close() {}
            };
        }
    }

    private static Dataset<Row> frame(int rows) {
        List<Row> data = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            data.add(RowFactory.create(i, "why?", "a".repeat(i % 7)));
        }
        return spark.createDataFrame(data, SCHEMA).repartition(3);
    }

    @Test
    void every_row_gets_its_own_reward_from_one_model_in_bounded_batches() {
        FrameScorer scorer = new FrameScorer(new LengthSource("length"), "prompt", "response", 4);

        List<Row> scored = scorer.score(frame(50)).orderBy("id").collectAsList();

        assertThat(scored).hasSize(50);
        assertThat(scored).allSatisfy(row -> assertThat(row.getDouble(3)).isEqualTo(row.getInt(0) % 7));
        assertThat(LengthSource.LOADS).hasValue(1);
        assertThat(LengthSource.LARGEST.get()).isBetween(1, 4);
    }

    @Test
    void a_row_without_prompt_or_response_gets_no_reward_and_shifts_no_other() {
        Dataset<Row> frame = spark.createDataFrame(
                List.of(
                        RowFactory.create(0, "why?", "abc"),
                        RowFactory.create(1, null, "abcd"),
                        RowFactory.create(2, "why?", null),
                        RowFactory.create(3, "why?", "a")),
                SCHEMA);

        List<Row> scored = FrameScorer.of(new LengthSource("nulls"))
                .score(frame)
                .orderBy("id")
                .collectAsList();

        assertThat(scored.get(0).getDouble(3)).isEqualTo(3);
        assertThat(scored.get(1).isNullAt(3)).isTrue();
        assertThat(scored.get(2).isNullAt(3)).isTrue();
        assertThat(scored.get(3).getDouble(3)).isEqualTo(1);
    }

    @Test
    void a_missing_column_is_named_before_any_work_starts() {
        FrameScorer scorer = new FrameScorer(new LengthSource("none"), "question", "response", 4);

        assertThatThrownBy(() -> scorer.score(frame(1)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("'question'")
                .hasMessageContaining("prompt");
    }
}
