"""Each format we name, as its tool writes it, read whole."""

from pathlib import Path
from typing import Any

from plaza.formats.transcript import as_json, read

SAMPLES = Path(__file__).parent / "samples"


def read_sample(name: str) -> dict[str, Any]:
    return as_json(read((SAMPLES / name).read_bytes()))


def said(start: float, end: float, speaker: str | None, text: str) -> dict[str, Any]:
    return {"start": start, "end": end, "speaker": speaker, "text": text}


def test_zoom_captions_give_their_speakers_and_leave_notes_urls_and_hours_in_the_text():
    assert read_sample("zoom_es.vtt") == {
        "format": "zoom-vtt",
        "language": "es",
        "duration": 15.0,
        "speakers": ["Ana Prueba", "Luis de la Muestra"],
        "segments": [
            said(3.12, 7.64, "Ana Prueba", "Buenos días, empezamos con la mesa del agua."),
            said(7.64, 12.01, "Luis de la Muestra", "Gracias. Mire https://ciudad.example.org a las 10:30."),
            said(12.01, 15.0, "Ana Prueba", "Nota: la próxima reunión es el martes."),
        ],
        "put_aside": [],
    }


def test_teams_captions_with_two_voices_in_a_cue_give_a_segment_to_each():
    assert read_sample("teams_pt.vtt") == {
        "format": "teams-vtt",
        "language": "pt",
        "duration": 8.0,
        "speakers": ["Zé Exemplo", "Rita Amostra"],
        "segments": [
            said(1.0, 4.5, "Zé Exemplo", "Bom dia a todas, vamos falar dos rios."),
            said(4.5, 8.0, "Rita Amostra", "O plano não cabe numa folha."),
            said(4.5, 8.0, "Zé Exemplo", "Cabe em duas."),
        ],
        "put_aside": [],
    }


def test_rolling_captions_say_each_word_once_and_keep_what_was_said_twice():
    assert read_sample("youtube_rolling_es.vtt") == {
        "format": "youtube-vtt",
        "language": "es",
        "duration": 7.0,
        "speakers": [],
        "segments": [
            said(1.0, 3.0, None, "el barrio junto al río"),
            said(3.01, 5.0, None, "no no no"),
            said(5.01, 7.0, None, "no no no"),
        ],
        "put_aside": [],
    }


def test_panel_copied_in_lines_ends_each_segment_where_the_next_begins():
    assert read_sample("youtube_panel_es.txt") == {
        "format": "youtube-panel",
        "language": "es",
        "duration": 3724.6,
        "speakers": [],
        "segments": [
            said(57.0, 70.0, None, "[Música] Bienvenidas y bienvenidos al taller"),
            said(70.0, 3723.0, None, "de barrios que se inundan."),
            said(3723.0, 3724.6, None, "Muchas gracias por venir."),
        ],
        "put_aside": [{"line": 1, "text": "Transcripción", "why": "no time"}],
    }


def test_panel_copied_with_spoken_times_keeps_only_the_words_of_the_speaker():
    assert read_sample("youtube_panel_pt.txt") == {
        "format": "youtube-panel",
        "language": "pt",
        "duration": 13.0,
        "speakers": [],
        "segments": [
            said(0.0, 9.0, None, "Olá, vamos começar"),
            said(9.0, 13.0, None, "com uma pergunta: 9 segundos é muito ou é pouco?"),
        ],
        "put_aside": [],
    }


def test_srt_with_html_screen_positions_and_dashes_keeps_one_segment_a_cue():
    assert read_sample("dialogue_fr.srt") == {
        "format": "srt",
        "language": "fr",
        "duration": 6.5,
        "speakers": [],
        "segments": [
            said(1.0, 4.0, None, "Où sont les arbres ? Dans la cour."),
            said(4.0, 6.5, None, "- Merci. - De rien."),
        ],
        "put_aside": [],
    }


def test_sbv_with_written_line_breaks_is_read():
    assert read_sample("council_en.sbv") == {
        "format": "sbv",
        "language": "en",
        "duration": 9.0,
        "speakers": [],
        "segments": [
            said(1.5, 4.2, None, "The council opens the meeting about the hill roads."),
            said(5.1, 9.0, None, "Two lines were written here."),
        ],
        "put_aside": [],
    }


def test_broadcast_marks_name_a_speaker_until_the_next_mark():
    assert read_sample("broadcast_en.vtt") == {
        "format": "vtt",
        "language": "en",
        "duration": 9.0,
        "speakers": ["MAYOR EXAMPLE", "CLERK SAMPLE"],
        "segments": [
            said(1.0, 4.0, "MAYOR EXAMPLE", "The bridge is open."),
            said(4.0, 6.0, "MAYOR EXAMPLE", "It took two years."),
            said(6.0, 9.0, None, "Was it dear?"),
            said(6.0, 9.0, "CLERK SAMPLE", "It was not."),
        ],
        "put_aside": [],
    }


def test_edited_webvtt_with_notes_styles_regions_and_tags_gives_only_what_was_said():
    assert read_sample("edited_fr.vtt") == {
        "format": "vtt",
        "language": "fr",
        "duration": 9.0,
        "speakers": ["Zoé Exemple"],
        "segments": [
            said(0.0, 4.0, "Zoé Exemple", "Bonjour & bienvenue. On parle d'eau."),
            said(4.0, 9.0, None, "Puis des toits verts."),
        ],
        "put_aside": [],
    }
