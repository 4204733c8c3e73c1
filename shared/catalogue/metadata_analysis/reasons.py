"""Why features of metadata_analysis may have no value, in the words of the documents."""

NO_WORDS = "the caption has no words besides hashtags and mentions"
NO_TAGS = "there is no hashtag"
NOT_SCRAPED = "the scraper did not say"
NOT_LISTED = "the platform names no language for the caption, or one that the lists do not cover"
NOT_COVERED = "the caption's words are in no language that the lists are known to cover"
