"""Names people type that are no commune: camps and bases, resorts, new towns, islands.

Each stands for the commune that holds its gate, its town hall or most of its people, which the reason names.
"""

from __future__ import annotations

from typing import NamedTuple


class WellKnown(NamedTuple):
    """A name, the INSEE code of the commune it stands for, and why that one."""

    name: str
    code: str
    reason: str


WELL_KNOWN = (
    WellKnown("Coëtquidan", "56075", "military camp and schools, in Guer and Saint-Malo-de-Beignon"),
    WellKnown("Camp de Canjuers", "83082", "military camp over several communes, its gate is in Montferrat"),
    WellKnown("Camp du Larzac", "12063", "military camp, in La Cavalerie"),
    WellKnown("Camp de Souge", "33273", "military camp, in Martignas-sur-Jalle"),
    WellKnown("Camp de La Valbonne", "01032", "military camp, in Béligneux and Balan"),
    WellKnown("Camp Raffalli", "2B050", "military camp, in Calvi"),
    WellKnown("Satory", "78646", "military quarter, in Versailles"),
    WellKnown("Balard", "75115", "headquarters of the ministry, in Paris 15e"),
    WellKnown("Villacoublay", "78640", "air base, in Vélizy-Villacoublay"),
    WellKnown("Île Longue", "29042", "naval base, in Crozon"),
    WellKnown("Lanvéoc-Poulmic", "29120", "naval air base, in Lanvéoc"),
    WellKnown("Lann-Bihoué", "56162", "naval air base, in Ploemeur"),
    WellKnown("Base de Cazaux", "33529", "air base, in La Teste-de-Buch"),
    WellKnown("Le Tubé", "13047", "air base, in Istres"),
    WellKnown("Base de Solenzara", "2B342", "air base, in Ventiseri"),
    WellKnown("La Tontouta", "98821", "airport and air base, in Païta"),
    WellKnown("Plum", "98817", "barracks, in Le Mont-Dore"),
    WellKnown("Pierrefonds La Réunion", "97416", "barracks and airport, in Saint-Pierre"),
    WellKnown("La Défense", "92062", "business quarter, mostly in Puteaux"),
    WellKnown("La Plaine Saint-Denis", "93066", "quarter, in Saint-Denis"),
    WellKnown("Marne-la-Vallée", "77111", "new town over several communes, its station is in Chessy"),
    WellKnown("Saint-Quentin-en-Yvelines", "78423", "new town, its station is in Montigny-le-Bretonneux"),
    WellKnown("Évry", "91228", "former commune, since 2019 in Évry-Courcouronnes"),
    WellKnown("Cergy-Pontoise", "95127", "new town, centred on Cergy"),
    WellKnown("Sophia Antipolis", "06152", "technology park, mostly in Valbonne"),
    WellKnown("Méribel", "73015", "resort, in Les Allues"),
    WellKnown("L’Alpe d’Huez", "38191", "resort, in Huez"),
    WellKnown("Avoriaz", "74191", "resort, in Morzine"),
    WellKnown("Juan-les-Pins", "06004", "resort, in Antibes"),
    WellKnown("Le Cap d’Agde", "34003", "resort, in Agde"),
    WellKnown("Carnon", "34154", "resort, in Mauguio"),
    WellKnown("Port Leucate", "11202", "resort, in Leucate"),
    WellKnown("Saint-Gilles-les-Bains", "97415", "resort, in Saint-Paul"),
    WellKnown("Petite-Terre", "97608", "island, in Dzaoudzi and Pamandzi"),
    WellKnown("Marigot", "97801", "capital of Saint-Martin"),
    WellKnown("Gustavia", "97701", "capital of Saint-Barthélemy"),
    WellKnown("Tahiti", "98735", "island, its capital is Papeete"),
    WellKnown("Wallis", "98613", "island, its commune is Uvea"),
    WellKnown("Mata-Utu", "98613", "capital, in Uvea"),
    WellKnown("Futuna", "98612", "island, its main village is in Sigave"),
    WellKnown("Port-aux-Français", "98412", "base, in the Archipel des Kerguelen"),
)
