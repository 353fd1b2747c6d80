// The search of Sphinx 9 asks for a stemmer of this name for Chinese and brings the English one along: Chinese words have no endings to cut off.
window.ChineseStemmer = function () { return new EnglishStemmer(); };
