//! Reads credit lines: who reported, wrote, translated and edited an article.
