package dev.assay.data.audit;

import java.util.List;

/**
 * What a check found in a source.
 *
 * @param check what was looked for
 * @param source the source's name
 * @param count rows it was found in
 * @param rows rows that were looked at; for {@link Check#LENGTH} those with a better answer and answers of unequal lengths, for
 *     {@link Check#ORPHAN} and {@link Check#ROOTLESS} ranked messages
 * @param examples the first few places, as file:line
 */
public record Finding(Check check, String source, long count, long rows, List<String> examples) {
    public Finding {
        examples = List.copyOf(examples);
    }
}
