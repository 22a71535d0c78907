/** Lets a LangChain4j application score with an Assay reward model. Read {@link dev.assay.langchain4j.AssayScoringModel}. */
@NullMarked
package dev.assay.langchain4j;

import org.jspecify.annotations.NullMarked;
